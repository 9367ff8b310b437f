export { base64url } from 'jose'
